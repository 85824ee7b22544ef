using System.Globalization;

namespace MusicMetadata.Sqlite;

/// <summary>Sizes and times of some files: another one when any of them was replaced or written to.</summary>
/// <param name="Text">All of them.</param>
public readonly record struct FileStamp(string Text)
{
    /// <summary>Takes that of files.</summary>
    /// <exception cref="IOException">A file has gone.</exception>
    public static FileStamp Of(IEnumerable<string> paths) => new(string.Join(' ', paths.Select(path =>
    {
        var (length, modified) = Storage.Stat(path);
        return string.Create(CultureInfo.InvariantCulture, $"{length}/{modified.Ticks}");
    })));
}
