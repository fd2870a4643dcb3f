CREATE TABLE IF NOT EXISTS presence (
    client_id  TEXT PRIMARY KEY,
    state      TEXT NOT NULL,         -- online, unreachable, offline
    username   TEXT,
    ip_address TEXT,
    node       TEXT,
    since      TIMESTAMPTZ,           -- of the connection
    event_id   TEXT NOT NULL,         -- of the last change
    event_at   TIMESTAMPTZ NOT NULL,
    told_by    TEXT NOT NULL          -- the member of the cluster that wrote it
)
