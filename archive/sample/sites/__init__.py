"""What does each site of the sample answer? One module a site: ``answers()`` and ``address(article)``."""
