"""What the downloads of Instagram, Threads and Facebook have in common: files, pages, records, labels."""
