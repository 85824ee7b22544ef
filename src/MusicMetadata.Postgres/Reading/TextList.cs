using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Postgres.Reading;

/// <summary>Arrays of texts.</summary>
internal static class TextList
{
    /// <summary>Adds the elements of an array to records.</summary>
    public static ListRange Add(ReadOnlySpan<byte> array, CatalogRecords records)
    {
        var elements = PostgresText.Elements(array);
        var texts = new TextRange[elements.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = records.AddText(elements[i]);
        }

        return records.AddTexts(texts);
    }
}
