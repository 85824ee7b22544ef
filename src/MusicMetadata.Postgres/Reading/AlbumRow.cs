using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using Npgsql;

namespace MusicMetadata.Postgres.Reading;

/// <summary>An album as the database has it.</summary>
internal sealed class AlbumRow
{
    /// <summary>How many <see cref="Columns"/> there are.</summary>
    public const int ColumnCount = 14;

    /// <summary>Its columns, of <c>album a</c>.</summary>
    public const string Columns = """
        a.key,
        a.id,
        a.name,
        a.type,
        a.label,
        a.release_date,
        a.release_date_precision,
        a.upc,
        a.total_tracks,
        a.copyright_c,
        a.copyright_p,
        a.popularity,
        a.artists::text,
        a.images::text
        """;

    private readonly byte[][] _texts;
    private readonly long _totalTracks;
    private readonly long _popularity;
    private readonly byte[] _images;
    private readonly CatalogKey[] _artists;

    private AlbumRow(NpgsqlDataReader row, int first)
    {
        Key = new CatalogKey(row.GetInt32(first));
        _texts = [.. Enumerable.Range(first + 1, 7).Append(first + 9).Append(first + 10).Select(row.Text)];
        _totalTracks = row.GetInt32(first + 8);
        _popularity = row.GetInt32(first + 11);
        _artists = PostgresText.Keys(row.Text(first + 12));
        _images = row.Text(first + 13);
    }

    /// <summary>Its key.</summary>
    public CatalogKey Key { get; }

    /// <summary>Its id.</summary>
    public string Id => Encoding.UTF8.GetString(_texts[0]);

    /// <summary>Reads <see cref="Columns"/>; null when there is no album.</summary>
    public static AlbumRow? Read(NpgsqlDataReader row, int first) => row.IsDBNull(first) ? null : new AlbumRow(row, first);

    /// <summary>Adds it to records, unless it is there.</summary>
    public void AddTo(CatalogRecords records)
    {
        if (records.IndexOfAlbum(Key) >= 0)
        {
            return;
        }

        var text = records.BeginText();
        var album = new AlbumRecord
        {
            Key = Key,
            Id = records.AddText(_texts[0]),
            Name = records.AddText(_texts[1]),
            Type = records.AddText(_texts[2]),
            Label = records.AddText(_texts[3]),
            ReleaseDate = records.AddText(_texts[4]),
            ReleaseDatePrecision = records.AddText(_texts[5]),
            Upc = records.AddText(_texts[6]),
            TotalTracks = _totalTracks,
            Copyright = records.AddText(_texts[7]),
            CopyrightP = records.AddText(_texts[8]),
            Popularity = _popularity,
            Images = ImageText.Add(_images, records),
            Artists = records.AddCredits(_artists),
        };
        records.Add(album, text);
    }
}
