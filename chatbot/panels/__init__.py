"""What the page shows beside the conversation: each is handed the app and the owner."""
