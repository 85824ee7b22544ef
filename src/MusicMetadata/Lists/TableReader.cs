using CsvHelper;
using MusicMetadata.Catalog;

namespace MusicMetadata.Lists;

/// <summary>Reads tables as spreadsheets and playlist services export them.</summary>
internal static class TableReader
{
    /// <summary>Bytes of a row, with its line breaks in quotation marks: none is longer but for a mark that is not closed.</summary>
    private const int MaxRow = 1 << 20;

    /// <summary>Begins to read.</summary>
    /// <param name="text">The table.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="OperatorException">It has no column to find tracks by.</exception>
    public static MatchList Read(TextReader text, string name)
    {
        // What stands between values is found out by the reader.
        var reader = CsvReader.Create(text, new CsvReaderOptions { HasHeader = false, MaxRecordSize = MaxRow });
        var rows = ReadRows(reader, name).GetEnumerator();
        IReadOnlyList<string> names = rows.MoveNext() ? rows.Current : [];
        var columns = new TableColumns(names);
        if (columns.CanMatch)
        {
            return new MatchList(ListFormat.Csv, names, reader.Separator, ReadItems(rows, columns));
        }

        var found = names.Take(5).Select(one => $"'{TableColumns.Cut(one).ReplaceLineEndings(" ")}'");
        throw new OperatorException(
            $"{name} has no column that could be a title: its first line must name the columns, such as "
                + $"title,artist,album,duration_ms,isrc; it names {string.Join(", ", found)}.");
    }

    private static IEnumerable<ListRow> ReadItems(IEnumerator<string[]> rows, TableColumns columns)
    {
        using (rows)
        {
            while (rows.MoveNext())
            {
                yield return new ListRow(columns.Read(rows.Current), rows.Current, []);
            }
        }
    }

    /// <summary>The rows that hold anything, each with as many values as it has.</summary>
    private static IEnumerable<string[]> ReadRows(CsvReader reader, string name)
    {
        using (reader)
        {
            for (var row = 1L; Next(reader, row, name); row++)
            {
                var cells = new string[reader.FieldCount];
                for (var i = 0; i < cells.Length; i++)
                {
                    cells[i] = reader.GetString(i);
                }

                if (cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
                {
                    yield return cells;
                }
            }
        }
    }

    private static bool Next(CsvReader reader, long row, string name)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException)
        {
            throw new OperatorException($"Row {row} of {name} has more than {MaxRow} bytes: is a quotation mark not closed?");
        }
    }
}
