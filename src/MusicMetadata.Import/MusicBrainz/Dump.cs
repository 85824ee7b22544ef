using System.Globalization;
using MusicMetadata.Catalog;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>The tables of a dump, as files in folders.</summary>
internal sealed class Dump
{
    /// <summary>
    /// The schemas whose tables this program knows, by MusicBrainz's numbers. Columns that are read stand at the same places in both.
    /// </summary>
    public const int OldestSchema = 30;

    /// <inheritdoc cref="OldestSchema"/>
    public const int NewestSchema = 31;

    /// <summary>The member that holds the number of the schema.</summary>
    public const string SchemaMember = "SCHEMA_SEQUENCE";

    /// <summary>The member that holds the time of the dump.</summary>
    public const string TimeMember = "TIMESTAMP";

    private const string Advice = "Give the archives, or a folder into which they were extracted with tar -xf.";

    private readonly Dictionary<DumpTable, string> _files = [];
    private readonly IWorkProgress _progress;
    private readonly CancellationToken _cancellation;

    /// <summary>Looks which tables there are.</summary>
    /// <param name="folders">Where archives were extracted to.</param>
    /// <param name="progress">Is told of the tables that are read.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <exception cref="OperatorException">
    /// A folder has no dump, one of another schema or time than the others, or a table is missing.
    /// </exception>
    public Dump(IReadOnlyList<string> folders, IWorkProgress progress, CancellationToken cancellation)
    {
        _progress = progress;
        _cancellation = cancellation;
        var times = folders.Select(folder => ReadMembers(folder)).ToArray();
        Time = times[0];
        if (Array.FindIndex(times, time => time != Time) is > 0 and var other)
        {
            throw new OperatorException(
                $"{folders[0]} and {folders[other]} are of different dumps: {times[0]:u} and {times[other]:u}. Give archives of one dump.");
        }

        foreach (var table in DumpTable.All)
        {
            // Tables lie in the folder mbdump of an archive; whoever extracted them may have moved them.
            var file = folders.SelectMany(folder => new[] { Path.Combine(folder, "mbdump", table.Name), Path.Combine(folder, table.Name) })
                .FirstOrDefault(File.Exists);
            if (file is not null)
            {
                _files.Add(table, file);
            }
        }

        foreach (var archive in DumpTable.All.GroupBy(table => table.Archive))
        {
            var missing = archive.Where(table => !Has(table)).Select(table => table.Name).ToArray();
            if (missing.Length > 0 && (archive.First().IsRequired || missing.Length < archive.Count()))
            {
                throw new OperatorException($"The dump has no {string.Join(", ", missing)}, which should be in {archive.Key}. {Advice}");
            }
        }
    }

    /// <summary>When the dump was made.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>How many bytes its tables have.</summary>
    public long Size => _files.Values.Sum(file => new FileInfo(file).Length);

    /// <summary>Whether it has a table; of an archive, it has all or none.</summary>
    public bool Has(DumpTable table) => _files.ContainsKey(table);

    /// <summary>Reads a table; one that the dump does not have has no rows.</summary>
    public void ForEach(DumpTable table, Action<CopyReader> row)
    {
        if (_files.TryGetValue(table, out var file))
        {
            using var reader = new CopyReader(table, file, _progress, _cancellation);
            while (reader.Read())
            {
                row(reader);
            }
        }
    }

    /// <summary>Refuses the schema that the text of <see cref="SchemaMember"/> names, unless it is known.</summary>
    /// <exception cref="OperatorException">It is not.</exception>
    public static void CheckSchema(string text, string source)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var schema)
            || schema is < OldestSchema or > NewestSchema)
        {
            throw new OperatorException(
                $"{source} has MusicBrainz's schema {text}; this program knows {OldestSchema} to {NewestSchema}. "
                + (schema > NewestSchema ? "Take a newer version of this program." : "Take a newer dump."));
        }
    }

    private static DateTimeOffset ReadMembers(string folder)
    {
        CheckSchema(ReadMember(folder, SchemaMember), folder);

        // As PostgreSQL writes a time: 2026-05-27 00:21:24.123456+00.
        var time = ReadMember(folder, TimeMember);
        return DateTimeOffset.TryParse(
            time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed)
            ? parsed
            : throw new OperatorException($"{Path.Combine(folder, TimeMember)} has no time but '{time}'. {Advice}");
    }

    private static string ReadMember(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path)
            ? File.ReadAllText(path).Trim()
            : throw new OperatorException($"{folder} is no dump of MusicBrainz: it has no {name}. {Advice}");
    }
}
