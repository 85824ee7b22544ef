using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using Npgsql;

namespace MusicMetadata.Postgres.Reading;

/// <summary>An artist as the database has it.</summary>
internal sealed class ArtistRow
{
    private const string Row = "row(r.key, r.id, r.name, r.followers, r.popularity, r.genres, r.images)";

    /// <summary>The artists of an array of keys, as one column.</summary>
    public static string ColumnOf(string keys) => $"(select array_agg({Row})::text from artist r where r.key = any({keys}))";

    /// <summary>One artist, as one column of a row of <c>artist r</c>.</summary>
    public const string Column = $"{Row}::text";

    private readonly List<byte[]> _fields;

    private ArtistRow(List<byte[]> fields) => (_fields, Key) = (fields, new CatalogKey(PostgresText.Number(fields[0], out _)));

    /// <summary>Its key.</summary>
    public CatalogKey Key { get; }

    /// <summary>Its id.</summary>
    public string Id => Encoding.UTF8.GetString(_fields[1]);

    /// <summary>Reads <see cref="Column"/>.</summary>
    public static ArtistRow Read(NpgsqlDataReader row, int column) => new(PostgresText.Fields(row.Text(column)));

    /// <summary>Reads <see cref="ColumnOf"/>.</summary>
    public static ArtistRow[] ReadAll(NpgsqlDataReader row, int column) =>
        [.. PostgresText.Elements(row.Text(column)).Select(one => new ArtistRow(PostgresText.Fields(one)))];

    /// <summary>Adds it to records, unless it is there.</summary>
    public void AddTo(CatalogRecords records)
    {
        if (records.IndexOfArtist(Key) >= 0)
        {
            return;
        }

        var text = records.BeginText();
        var artist = new ArtistRecord
        {
            Key = Key,
            Id = records.AddText(_fields[1]),
            Name = records.AddText(_fields[2]),
            Followers = PostgresText.Number(_fields[3], out _),
            Popularity = PostgresText.Number(_fields[4], out _),
            Genres = TextList.Add(_fields[5], records),
            Images = ImageText.Add(_fields[6], records),
        };
        records.Add(artist, text);
    }
}
