"""What bears no noun of ours: ids, references, cleaned text, policies, pages. No models; nothing above is imported."""
