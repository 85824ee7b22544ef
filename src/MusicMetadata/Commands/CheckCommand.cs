using System.CommandLine;
using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Search;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Commands;

/// <summary>Says whether a catalog is fit to be served: exit code 0 when it is, 1 when something is wrong.</summary>
internal static class CheckCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var store = new StoreSettings();
        var full = new Option<bool>("-full", "--full") { Description = "Read every page and compare every index with its table; takes as long as reading both files a few times." };
        var command = new Command("check", "Checks the database files: schema, indexes, whether the two and the search index belong together. Exit code 1 when something is wrong.") { full };
        store.AddDatabaseTo(command);
        store.AddIndexTo(command);
        command.SetAction(parsed => Run(parsed.GetValue(store.Database)!, parsed.GetValue(store.Index)!, parsed.GetValue(full)));
        return command;
    }

    private static int Run(string database, string index, bool full)
    {
        var files = CatalogFiles.Find(database);
        var problems = new List<string>();
        try
        {
            problems.AddRange(SchemaCheck.Check(files));
            Look(files, problems);
            LookAtIndex(files, index, problems);
            if (full)
            {
                problems.AddRange(new CatalogCheck(files).CheckIntegrity(ProgressReport.OnStandardError()));
            }
        }
        catch (OperatorException e)
        {
            problems.Add(e.Message);
        }
        catch (CatalogException e)
        {
            problems.Add(e.Detail);
        }

        foreach (var problem in problems)
        {
            Console.WriteLine("problem: " + problem);
        }

        Console.WriteLine(problems.Count == 0 ? "ok" : string.Create(CultureInfo.InvariantCulture, $"{problems.Count} found"));
        return problems.Count == 0 ? 0 : 1;
    }

    private static void Look(CatalogFiles files, List<string> problems)
    {
        Describe(files.Main);
        if (files.TrackFiles is not null)
        {
            Describe(files.TrackFiles);
        }

        Console.WriteLine($"fingerprint: {files.Fingerprint()}");
        var check = new CatalogCheck(files);
        foreach (var (table, rows) in check.EstimateRows())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}: {rows:N0} rows at most"));
        }

        if (files.TrackFiles is null)
        {
            return;
        }

        var (found, of) = check.MatchPair();
        Console.WriteLine($"pair: {found} of {of} tracks have a row in {CatalogFiles.TrackFilesName}");
        if (found < of / 2)
        {
            problems.Add($"{files.TrackFiles} seems to belong to another catalog: only {found} of {of} tracks have a row in it. Put the one beside {files.Main} that came with it.");
        }
    }

    private static void LookAtIndex(CatalogFiles files, string index, List<string> problems)
    {
        var path = IndexOptions.PathOf(index, files.Main);
        if (index == StoreOptions.NoIndex || !File.Exists(path))
        {
            Console.WriteLine("search index: none");
        }
        else if (IndexFile.WhyNot(path, files.MainFingerprint()) is { } reason)
        {
            problems.Add($"{path} is not used for searches: {reason}. Build it anew: metadata-api index -db {files.Main}");
        }
        else
        {
            Describe(path);
        }
    }

    private static void Describe(string path) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {new FileInfo(path).Length:N0} bytes"));
}
