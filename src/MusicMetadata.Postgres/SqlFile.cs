namespace MusicMetadata.Postgres;

/// <summary>The SQL files in the executable.</summary>
internal static class SqlFile
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = typeof(SqlFile).Assembly.GetManifestResourceNames();

    /// <summary>Reads one.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(SqlFile).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
