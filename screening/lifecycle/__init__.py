"""How long personal data lives: finding a person in run folders, taking people out of them, giving them what is theirs."""
