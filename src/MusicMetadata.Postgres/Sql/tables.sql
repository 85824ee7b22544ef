-- The tables of one catalog, in the schema that search_path names. A key is what the source has for a key.
create table artist (
    key integer not null,
    id text collate "C",
    name text,
    followers bigint not null,
    popularity integer not null,
    genres text[],
    images text[]
);
create table album (
    key integer not null,
    id text collate "C",
    name text,
    type text,
    label text,
    release_date text collate "C",
    release_date_precision text,
    upc text,
    total_tracks integer not null,
    copyright_c text,
    copyright_p text,
    popularity integer not null,
    artists integer[],
    images text[]
);
create table track (
    key integer not null,
    id text collate "C",
    name text,
    isrc text collate "C",
    duration_ms integer not null,
    explicit boolean not null,
    track_number integer not null,
    disc_number integer not null,
    popularity integer not null,
    preview_url text,
    album integer not null,
    artists integer[],
    original_title text,
    version_title text,
    has_lyrics boolean,
    languages text[],
    artist_roles text[]
);
create table artist_album (
    artist integer not null,
    album integer not null,
    is_guest boolean not null
);
-- How far the load of each has come.
create table loaded (
    entity text primary key,
    last_key bigint not null,
    row_count bigint not null
);
-- One row, when the catalog is whole.
create table about (
    identity text not null
);
