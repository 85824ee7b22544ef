namespace MusicMetadata.Catalog;

/// <summary>
/// Universal Product Codes and those that they are a part of (GS1 General Specifications): GTIN-8, UPC-A, EAN-13 and GTIN-14.
/// </summary>
public static class Upc
{
    /// <summary>
    /// Whether a text has the form of a code: 8 to 14 digits. The last, which checks the others, may be wrong: the catalog has such.
    /// </summary>
    public static bool IsCode(string text) => text.Length is >= 8 and <= 14 && text.All(char.IsAsciiDigit);
}
