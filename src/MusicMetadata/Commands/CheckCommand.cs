using System.CommandLine;
using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Loading;
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
        var full = new Option<bool>("-full", "--full")
        {
            Description = "Count all rows, read every page and compare every index with its table, and the search index with all names; "
                + "takes as long as reading both files a few times.",
        };
        var command = new Command(
            "check",
            "Checks the database files: schema, indexes, whether the two and the search index belong together. "
                + "Exit code 1 when something is wrong.");
        command.Options.Add(full);
        command.Options.Add(store.Database);
        store.AddIndexTo(command);
        command.SetAction(parsed =>
            Run(parsed.Value(store.Database), parsed.Value(store.Index), parsed.Value(store.CatalogId), parsed.GetValue(full)));
        return command;
    }

    private static int Run(string database, IndexLocation index, CatalogIdentity? catalogId, bool full)
    {
        var files = CatalogLoader.FindFiles(database);
        var check = files.Check();
        var problems = new List<string>();

        // What lacks a table has no rows of it to count; everything else is looked at whatever was found before.
        if (Try(problems, () => problems.AddRange(check.CheckSchema())))
        {
            _ = Try(problems, () => DescribeFiles(files));
            _ = Try(problems, () => CheckPair(check, problems));
            if (full)
            {
                _ = Try(problems, () => CountRows(check));
            }
        }

        _ = Try(problems, () => CheckIndex(files, index, catalogId, full, problems));
        if (full)
        {
            _ = Try(problems, () => problems.AddRange(check.CheckIntegrity(ProgressReport.OnStandardError())));
        }

        problems = [.. problems.Distinct()];
        foreach (var problem in problems)
        {
            Console.WriteLine("problem: " + problem);
        }

        Console.WriteLine(problems.Count == 0 ? "ok" : string.Create(CultureInfo.InvariantCulture, $"{problems.Count} found"));
        return problems.Count == 0 ? 0 : 1;
    }

    /// <summary>Does a part of the check; false when it could not be done, which is a problem too.</summary>
    private static bool Try(List<string> problems, Action part)
    {
        try
        {
            part();
            return true;
        }
        catch (Exception e) when (
            e is OperatorException or CatalogException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            problems.Add(CatalogException.DetailOf(e));
            return false;
        }
    }

    private static void DescribeFiles(ICatalogFiles files)
    {
        foreach (var path in files.Paths)
        {
            Describe(path);
        }

        Console.WriteLine($"identity: {files.Identity()}");
    }

    private static void CountRows(ICatalogCheck check)
    {
        foreach (var (table, rows) in check.CountRows(ProgressReport.OnStandardError()))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}: {rows:N0} rows"));
        }
    }

    private static void CheckPair(ICatalogCheck check, List<string> problems)
    {
        var (finding, problem) = check.CheckPair();
        if (finding is not null)
        {
            Console.WriteLine(finding);
        }

        if (problem is not null)
        {
            problems.Add(problem);
        }
    }

    private static void CheckIndex(ICatalogFiles files, IndexLocation index, CatalogIdentity? catalogId, bool full, List<string> problems)
    {
        var rebuild = "Build it anew: " + IndexCommand.CommandLine(files.Paths[0], index, catalogId);
        if (index.PathFor(files.Paths[0]) is not { } path || (!index.IsGiven && !File.Exists(path)))
        {
            Console.WriteLine("search index: none");
        }
        else if (FindIndexProblem(path, files, catalogId) is { } reason)
        {
            problems.Add($"{path} is not used for searches: {reason}. {rebuild}");
            if (full && File.Exists(path) && HasSameNames())
            {
                problems.Add($"{path} holds the names of {files.Paths[0]} all the same: one of the two is a copy without the time "
                    + "of its original. Copy with cp -p, or give -catalog-id to index and server.");
            }
        }
        else
        {
            Describe(path);
            if (full && !HasSameNames())
            {
                problems.Add($"{path} was built from other names than those in {files.Paths[0]}, though it counts as its index. {rebuild}");
            }
        }

        bool HasSameNames()
        {
            using var store = CatalogLoader.OpenToIndex(files.Paths[0], catalogId).Store;

            // Nothing else is to do on this thread, and Ctrl+C ends the process, which writes nothing.
            var check = IndexCheck.HasSameNamesAsync(path, store, ProgressReport.OnStandardError(), CancellationToken.None);
            return check.GetAwaiter().GetResult();
        }
    }

    private static string? FindIndexProblem(string path, ICatalogFiles files, CatalogIdentity? catalogId)
    {
        if (!File.Exists(path))
        {
            return "it does not exist";
        }

        // Prepares every statement of a search.
        var options = new SearchOptions { IndexPath = path, Connections = 1 };
        var reason = SearchIndex.TryOpen(path, catalogId ?? files.IndexIdentity(), options, out var open);
        open?.Dispose();
        return reason;
    }

    private static void Describe(string path) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {Storage.Stat(path).Length:N0} bytes"));
}
