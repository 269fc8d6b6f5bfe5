"""What an observable can be answered, cut where a guideline tells answers apart; decision diagrams over such answers."""
