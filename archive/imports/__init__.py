"""How do other people's archives come in? Judged record by record; what is sound is kept."""
