using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using Npgsql;

namespace MusicMetadata.Postgres.Reading;

/// <summary>A track as the database has it.</summary>
internal sealed class TrackRow
{
    /// <summary>How many <see cref="Columns"/> there are.</summary>
    public const int ColumnCount = 17;

    /// <summary>Its columns, of <c>track t</c>.</summary>
    public const string Columns = """
        t.key,
        t.id,
        t.name,
        t.isrc,
        t.duration_ms,
        t.explicit,
        t.track_number,
        t.disc_number,
        t.popularity,
        t.preview_url,
        t.album,
        t.artists::text,
        t.original_title,
        t.version_title,
        t.has_lyrics,
        t.languages::text,
        t.artist_roles::text
        """;

    private readonly TrackRecord _numbers;
    private readonly byte[][] _texts;
    private readonly byte[] _languages;
    private readonly byte[] _roles;
    private readonly CatalogKey[] _credits;

    private TrackRow(NpgsqlDataReader row)
    {
        _numbers = new TrackRecord
        {
            Key = new CatalogKey(row.GetInt32(0)),
            DurationMs = row.GetInt32(4),
            Explicit = row.GetBoolean(5),
            TrackNumber = row.GetInt32(6),
            DiscNumber = row.GetInt32(7),
            Popularity = row.GetInt32(8),
            Album = new CatalogKey(row.GetInt32(10)),
            HasLyrics = row.IsDBNull(14) ? null : row.GetBoolean(14),
        };
        _texts = [row.Text(1), row.Text(2), row.Text(3), row.Text(9), row.Text(12), row.Text(13)];
        _credits = PostgresText.Keys(row.Text(11));
        _languages = row.Text(15);
        _roles = row.Text(16);
    }

    /// <summary>Its key.</summary>
    public CatalogKey Key => _numbers.Key;

    /// <summary>Its id.</summary>
    public string Id => Encoding.UTF8.GetString(_texts[0]);

    /// <summary>Reads <see cref="Columns"/>.</summary>
    public static TrackRow Read(NpgsqlDataReader row) => new(row);

    /// <summary>Adds it to records.</summary>
    public void AddTo(CatalogRecords records) => records.Add(_numbers with
    {
        Id = records.AddText(_texts[0]),
        Name = records.AddText(_texts[1]),
        Isrc = records.AddText(_texts[2]),
        PreviewUrl = records.AddText(_texts[3]),
        OriginalTitle = records.AddText(_texts[4]),
        VersionTitle = records.AddText(_texts[5]),
        Languages = TextList.Add(_languages, records),
        ArtistRoles = TextList.Add(_roles, records),
        Artists = records.AddCredits(_credits),
    });
}
