-- An event may come twice, with the same id, and a member that was held up may bring an old one: neither changes anything.
INSERT INTO presence (client_id, state, username, ip_address, node, since, event_id, event_at, told_by)
VALUES (:#client_id, :#state, :#username, :#ip_address, :#node, CAST(:#since AS TIMESTAMPTZ), :#event_id,
        CAST(:#event_at AS TIMESTAMPTZ), :#told_by)
ON CONFLICT (client_id) DO UPDATE
SET state = EXCLUDED.state, username = EXCLUDED.username, ip_address = EXCLUDED.ip_address, node = EXCLUDED.node,
    since = EXCLUDED.since, event_id = EXCLUDED.event_id, event_at = EXCLUDED.event_at, told_by = EXCLUDED.told_by
WHERE presence.event_at <= EXCLUDED.event_at AND presence.event_id <> EXCLUDED.event_id
