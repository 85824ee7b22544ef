using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using Npgsql;

namespace MusicMetadata.Postgres.Reading;

/// <summary>Reads tables from beginning to end, a page after another, for who builds an index.</summary>
internal static class ScanRows
{
    /// <inheritdoc cref="ICatalogReader.ScanAsync"/>
    public static async ValueTask ReadAsync(
        Session session, Entity entity, string[] parameters, ScanFields fields, CatalogRecords records)
    {
        var rows = new List<Scanned>();
        (string Sql, Func<NpgsqlDataReader, Scanned> Read) statement = (entity, fields) switch
        {
            (Entity.Track, ScanFields.Names) => (Statements.ScanTrackNames, row => new TrackName(row)),
            (Entity.Track, _) => (Statements.ScanTracks, row => new Track(row)),
            (Entity.Album, _) => (Statements.ScanAlbums, row => new Album(row)),
            _ => (Statements.ScanArtists, row => new Artist(row)),
        };
        await session.RunAsync(statement.Sql, parameters, rows, statement.Read);
        foreach (var row in rows)
        {
            row.AddTo(records);
        }
    }

    /// <summary>What stands first in the row of every entity.</summary>
    private abstract class Scanned(NpgsqlDataReader row)
    {
        protected CatalogKey Key { get; } = new(row.GetInt32(0));

        protected byte[] Name { get; } = row.Text(1);

        protected long Popularity { get; } = row.GetInt32(2);

        public abstract void AddTo(CatalogRecords records);
    }

    private sealed class TrackName(NpgsqlDataReader row) : Scanned(row)
    {
        public override void AddTo(CatalogRecords records) =>
            records.Add(new TrackRecord { Key = Key, Name = records.AddText(Name), Popularity = Popularity });
    }

    private sealed class Track(NpgsqlDataReader row) : Scanned(row)
    {
        private readonly TrackRecord _numbers = new()
        {
            DurationMs = row.GetInt32(3),
            Explicit = row.GetBoolean(4),
            TrackNumber = row.GetInt32(5),
            DiscNumber = row.GetInt32(6),
            Album = new CatalogKey(row.GetInt32(8)),
        };

        private readonly byte[] _isrc = row.Text(7);
        private readonly CatalogKey[] _artists = PostgresText.Keys(row.Text(9));

        public override void AddTo(CatalogRecords records) => records.Add(_numbers with
        {
            Key = Key,
            Name = records.AddText(Name),
            Popularity = Popularity,
            Isrc = records.AddText(_isrc),
            Artists = records.AddCredits(_artists),
        });
    }

    private sealed class Album(NpgsqlDataReader row) : Scanned(row)
    {
        private readonly byte[] _type = row.Text(3);
        private readonly byte[] _releaseDate = row.Text(4);
        private readonly byte[] _upc = row.Text(5);
        private readonly long _totalTracks = row.GetInt32(6);
        private readonly CatalogKey[] _artists = PostgresText.Keys(row.Text(7));

        public override void AddTo(CatalogRecords records)
        {
            var text = records.BeginText();
            var album = new AlbumRecord
            {
                Key = Key,
                Name = records.AddText(Name),
                Popularity = Popularity,
                Type = records.AddText(_type),
                ReleaseDate = records.AddText(_releaseDate),
                Upc = records.AddText(_upc),
                TotalTracks = _totalTracks,
                Artists = records.AddCredits(_artists),
            };
            records.Add(album, text);
        }
    }

    private sealed class Artist(NpgsqlDataReader row) : Scanned(row)
    {
        private readonly long _followers = row.GetInt64(3);

        public override void AddTo(CatalogRecords records)
        {
            var text = records.BeginText();
            var artist = new ArtistRecord
            {
                Key = Key,
                Name = records.AddText(Name),
                Followers = _followers,
                Popularity = Popularity,
            };
            records.Add(artist, text);
        }
    }
}
