#!/bin/sh
# Lets standbys of the same network follow the primary. Run once, by the image of PostgreSQL, when the database is made.
echo "host replication music all scram-sha-256" >>"$PGDATA/pg_hba.conf"
