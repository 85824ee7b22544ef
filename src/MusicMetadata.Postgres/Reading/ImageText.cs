using System.Globalization;
using System.Text;
using MusicMetadata.Catalog.Records;

namespace MusicMetadata.Postgres.Reading;

/// <summary>Images, each as a text of width, height and address: <c>640 640 https://…</c>.</summary>
internal static class ImageText
{
    /// <summary>An image as it stands in the database.</summary>
    public static byte[] Of(in ImageRecord image, CatalogRecords records) =>
    [
        .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{image.Width} {image.Height} ")),
        .. records.Text(image.Url),
    ];

    /// <summary>Adds the images of an array to records.</summary>
    public static ListRange Add(ReadOnlySpan<byte> array, CatalogRecords records)
    {
        var elements = PostgresText.Elements(array);
        var images = new ImageRecord[elements.Count];
        for (var i = 0; i < images.Length; i++)
        {
            ReadOnlySpan<byte> text = elements[i];
            var width = PostgresText.Number(text, out var length);
            text = text[(length + 1)..];
            var height = PostgresText.Number(text, out length);
            images[i] = new ImageRecord(records.AddText(text[(length + 1)..]), width, height);
        }

        return records.AddImages(images);
    }
}
