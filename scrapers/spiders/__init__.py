"""One general spider for each way of finding pages; ``<slug>.py`` only where none of these fits."""
