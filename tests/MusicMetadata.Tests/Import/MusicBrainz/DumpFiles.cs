using System.Formats.Tar;
using System.Text;
using ICSharpCode.SharpZipLib.BZip2;

namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>A dump in MusicBrainz's format, made row by row: written as PostgreSQL's COPY does, into a folder or archives.</summary>
internal sealed class DumpFiles
{
    private const string Core = "mbdump.tar.bz2";
    private const string Derived = "mbdump-derived.tar.bz2";
    private const string CoverArt = "mbdump-cover-art-archive.tar.bz2";

    /// <summary>What each archive holds of what is imported.</summary>
    private static readonly Dictionary<string, string[]> Tables = new()
    {
        [Core] =
        [
            "artist", "artist_credit_name", "artist_gid_redirect", "genre", "isrc", "label", "medium", "recording",
            "recording_gid_redirect", "release", "release_country", "release_gid_redirect", "release_group",
            "release_group_secondary_type_join", "release_label", "release_unknown_country", "track", "track_gid_redirect", "work",
        ],
        [Derived] = ["annotation", "artist_meta", "artist_tag", "recording_meta", "release_group_meta", "tag"],
        [CoverArt] = ["cover_art_archive.art_type", "cover_art_archive.cover_art", "cover_art_archive.cover_art_type"],
    };

    private readonly Dictionary<string, StringBuilder> _rows =
        Tables.Values.SelectMany(tables => tables).ToDictionary(table => table, _ => new StringBuilder());

    /// <summary>The number of the schema.</summary>
    public string Schema { get; set; } = "31";

    /// <summary>When the dump was made.</summary>
    public string Time { get; set; } = "2026-05-27 00:21:24.123456+00";

    /// <summary>The rows of a table as they will be written, to be spoilt.</summary>
    public StringBuilder this[string table] => _rows[table];

    /// <summary>Adds a row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns: texts, numbers, truth values, UUIDs or null.</param>
    public DumpFiles Add(string table, params object?[] columns)
    {
        _ = _rows[table].AppendJoin('\t', columns.Select(Escape)).Append('\n');
        return this;
    }

    /// <summary>A column as COPY writes it.</summary>
    public static string Escape(object? value) => value switch
    {
        null => "\\N",
        bool truth => truth ? "t" : "f",
        string text => text.Replace("\\", "\\\\").Replace("\b", "\\b").Replace("\f", "\\f").Replace("\n", "\\n").Replace("\r", "\\r")
            .Replace("\t", "\\t").Replace("\v", "\\v"),
        IFormattable other => other.ToString(null, null),
        _ => throw new ArgumentException($"{value} is no value of a column."),
    };

    /// <summary>Writes all tables into a folder, as extracting all archives would.</summary>
    public string WriteFolder(string folder)
    {
        foreach (var (name, text) in Tables.Keys.SelectMany(Members))
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, text);
        }

        return folder;
    }

    /// <summary>Writes the three archives; returns their paths, the core one first.</summary>
    public string[] WriteArchives(string folder) => [.. Tables.Keys.Select(archive => WriteArchive(folder, archive))];

    /// <summary>Compresses a tar archive of some members.</summary>
    public static void Pack(string path, IEnumerable<(string Name, byte[] Content)> members)
    {
        using var file = new BZip2OutputStream(File.Create(path), 9);
        using var tar = new TarWriter(file, TarEntryFormat.Ustar);
        foreach (var (name, content) in members)
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }
    }

    /// <summary>The members of an archive; those that say what it is come first, as in a real one.</summary>
    public IEnumerable<(string Name, byte[] Content)> Members(string archive) =>
    [
        ("TIMESTAMP", Encoding.UTF8.GetBytes(Time + "\n")),
        ("COPYING", "As you like.\n"u8.ToArray()),
        ("README", "Invented.\n"u8.ToArray()),
        ("REPLICATION_SEQUENCE", "1\n"u8.ToArray()),
        ("SCHEMA_SEQUENCE", Encoding.UTF8.GetBytes(Schema + "\n")),
        .. Tables[archive].Where(_rows.ContainsKey).Select(table => ("mbdump/" + table, Encoding.UTF8.GetBytes(_rows[table].ToString()))),
    ];

    /// <summary>Takes a table away, as if its archive did not have it.</summary>
    public void Remove(string table) => _rows.Remove(table);

    private string WriteArchive(string folder, string archive)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, archive);
        Pack(path, Members(archive));
        return path;
    }
}
