create unique index if not exists artist_key on artist (key);
create unique index if not exists artist_id on artist (id);
create unique index if not exists album_key on album (key);
create unique index if not exists album_id on album (id);
create unique index if not exists track_key on track (key);
create unique index if not exists track_id on track (id);
create index if not exists track_album on track (album);
create index if not exists track_isrc on track (isrc) where isrc is not null;
create index if not exists artist_album_artist on artist_album (artist);
