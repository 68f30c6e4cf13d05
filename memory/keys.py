"""What everything in Redis is called."""


def of_conversation(conversation: str) -> tuple[str, str, str, str, str, str]:
    """Where a conversation's facts, messages, states, lease, branches and form 1's state are."""
    # The braces are a hash tag: all of a conversation lies in one slot of a Redis Cluster.
    chat = f"chat:{{{conversation}}}"
    parts = ("messages", "states", "lease", "branches", "state")
    messages, states, lease, branches, state = (f"{chat}:{part}" for part in parts)
    return chat, messages, states, lease, branches, state


def of_live(conversation: str, run: str) -> str:
    """Where the events of a run are."""
    return f"chat:{{{conversation}}}:live:{run}"


def of_stop(conversation: str, run: str) -> str:
    """What is there when the run is to stop."""
    return f"chat:{{{conversation}}}:stop:{run}"


def of_list(owner: str) -> str:
    """Where the owner's conversations are listed."""
    return f"owner:{{{owner}}}:chats"


def of_seen(owner: str) -> str:
    """Where the titles that the owner has seen are kept."""
    return f"owner:{{{owner}}}:seen"


def of_preferences(owner: str) -> str:
    """Where what the owner chose of the page is kept."""
    return f"owner:{{{owner}}}:preferences"


def of_share(token: str) -> str:
    """Where a share is."""
    return f"share:{{{token}}}"


def of_shares(owner: str) -> str:
    """Where the owner's shares are listed."""
    return f"owner:{{{owner}}}:shares"


def of_limit(kind: str, who: str) -> str:
    """Where a bucket is."""
    return f"limit:{kind}:{{{who}}}"


def of_code(code: str) -> str:
    """Where the owner is that a code to move stands for."""
    return f"move:{{{code}}}"


def of_offer(owner: str) -> str:
    """Where the owner's one valid code to move is."""
    return f"owner:{{{owner}}}:move"
