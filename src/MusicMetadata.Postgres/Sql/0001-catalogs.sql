-- Which catalogs the database has. Each lies in a schema of its own, and the one with the highest number that is finished is served.
create table catalog (
    number integer generated always as identity primary key,
    schema_name text not null unique,
    identity text not null,
    format integer not null,
    source text not null,
    begun_at timestamptz not null default now(),
    finished_at timestamptz
);
