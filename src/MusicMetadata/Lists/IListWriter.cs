namespace MusicMetadata.Lists;

/// <summary>Writes a list with what was found, row by row.</summary>
internal interface IListWriter
{
    /// <summary>Writes what stands above the rows.</summary>
    void Begin();

    /// <summary>Writes a row.</summary>
    void Write(ListRow row, ListAnswer answer);

    /// <summary>Writes what stands below the rows.</summary>
    void End();
}

/// <summary>Makes writers.</summary>
internal static class ListWriter
{
    /// <summary>A writer of a format.</summary>
    /// <param name="format">How to write.</param>
    /// <param name="list">What was read.</param>
    /// <param name="output">Takes the text.</param>
    public static IListWriter Create(ListFormat format, MatchList list, TextWriter output) =>
        (format == ListFormat.Same ? list.Format : format) switch
        {
            ListFormat.Json => new JsonListWriter(list, output),
            ListFormat.M3u8 => new PlaylistWriter(list, output),
            _ => new TableWriter(list, output),
        };
}
