"""Who is told? Sends one message by e-mail, webhook or chat, through Apprise (the extra ``notify``)."""

from collections.abc import Sequence

from archive.errors import ArchiveError


def send(urls: Sequence[str], title: str, body: str, alarm: bool = False) -> None:
    """Send a message to every address of ``urls`` (Apprise's way of writing them), as news or ``alarm``.

    Raises ArchiveError when Apprise is not installed, an address is none, or a service did not take the
    message; the others are told all the same. Passwords in an address are never repeated in the error.
    """
    try:
        from apprise import Apprise, NotifyType
    except ImportError as error:
        raise ArchiveError(
            "notifications need Apprise, which is not installed: « pip install 'coopress[notify]' »"
        ) from error
    kind = NotifyType.WARNING if alarm else NotifyType.SUCCESS
    failed: list[str] = []
    for position, url in enumerate(urls, start=1):
        # The scheme alone names the service: the rest may hold a password.
        name = f"notify.urls[{position}] ({url.partition(':')[0]}:…)"
        service = Apprise()
        if not service.add(url):
            failed.append(f"{name} is no address that Apprise knows")
        elif not service.notify(body=body, title=title, notify_type=kind):
            failed.append(f"{name} did not take the message")
    if failed:
        raise ArchiveError("; ".join(failed))
