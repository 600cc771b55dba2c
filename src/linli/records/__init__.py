"""The installation's own records kept well 档案: backups, restores that are proven, and everything as files to take away."""
