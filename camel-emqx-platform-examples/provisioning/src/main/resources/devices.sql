create table devices (
    id bigint generated always as identity primary key,
    device_id varchar(255),
    password varchar(255),
    status varchar(16) default 'new' not null,
    reason varchar(4000)
);
insert into devices (device_id, password) values
    ('gate-1', 'mV4-candle-82'),
    ('gate-2', 'cJ9-granite-15'),
    ('gate-1', 'xD2-willow-48'),
    ('pump-2', 'sH6-copper-93'),
    ('gate-3', null);
