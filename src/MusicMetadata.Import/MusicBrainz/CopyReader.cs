using System.Buffers.Text;
using System.Text.Unicode;
using MusicMetadata.Catalog;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>
/// Reads the rows of a table as PostgreSQL's COPY writes them as text: a line each, columns separated by tabs, NULL as <c>\N</c>, and
/// control characters and backslashes behind a backslash.
/// </summary>
internal sealed class CopyReader : IDisposable
{
    /// <summary>Longer than any row of the tables that are read.</summary>
    private const int MaxLine = 16 << 20;

    private const int Megabyte = 1_000_000;

    private readonly DumpTable _table;
    private readonly string _path;
    private readonly FileStream _file;
    private readonly IWorkStage _stage;
    private readonly CancellationToken _cancellation;
    private readonly int[] _columns;
    private byte[] _buffer = new byte[1 << 20];
    private byte[] _unescaped = new byte[1024];
    private int _start;
    private int _end;
    private long _line;

    /// <summary>Opens the file of a table.</summary>
    public CopyReader(DumpTable table, string path, IWorkProgress progress, CancellationToken cancellation)
    {
        _table = table;
        _path = path;
        _columns = new int[table.Columns + 1];
        _cancellation = cancellation;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        _stage = progress.Begin($"Reading {table.Name}, MB", _file.Length / Megabyte);
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    /// <exception cref="OperatorException">The file is damaged.</exception>
    public bool Read()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0)
        {
            if (!Fill())
            {
                return _start == _end ? false : throw Damaged("ends in the middle of a row");
            }
        }

        _line++;
        Split(_start, _start + length);
        _start += length + 1;
        return true;
    }

    /// <summary>Whether a column is NULL. Columns count from 0.</summary>
    public bool IsNull(int column) => Raw(column).SequenceEqual("\\N"u8);

    /// <summary>A column's text in UTF-8, valid until the next call; NULL is empty.</summary>
    public ReadOnlySpan<byte> Text(int column)
    {
        var raw = Raw(column);
        if (IsNull(column))
        {
            return [];
        }

        if (!Utf8.IsValid(raw))
        {
            throw Damaged("has text that is not UTF-8");
        }

        return raw.Contains((byte)'\\') ? Unescape(raw) : raw;
    }

    /// <summary>A column that is a whole number.</summary>
    /// <param name="column">The column.</param>
    /// <param name="fallback">What NULL stands for; null where there must be a number.</param>
    public long Number(int column, long? fallback = null)
    {
        var raw = Raw(column);
        if (fallback is { } value && IsNull(column))
        {
            return value;
        }

        return Utf8Parser.TryParse(raw, out long number, out var read) && read == raw.Length
            ? number
            : throw Damaged($"has something else than a number in column {column + 1}");
    }

    /// <summary>A column that is the number of a row of some table.</summary>
    /// <param name="column">The column.</param>
    /// <param name="fallback">What NULL stands for; null where there must be a number.</param>
    public int Id(int column, int? fallback = null) =>
        Number(column, fallback) is >= 0 and <= int.MaxValue and var id ? (int)id
            : throw Damaged($"has an impossible number in column {column + 1}");

    /// <summary>A column that is an MBID.</summary>
    public UInt128 MbidOf(int column) =>
        Mbid.TryReadUuid(Raw(column), out var mbid) ? mbid : throw Damaged($"has something else than an MBID in column {column + 1}");

    /// <summary>What is wrong with the row that it is at.</summary>
    public OperatorException Damaged(string what) =>
        new($"{_path} {what}, near line {_line}: it is damaged, or the columns of {_table.Name} are not those of the schemas "
            + $"{Dump.OldestSchema} to {Dump.NewestSchema}. Compare {_table.Archive} with the SHA256SUMS beside its download.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _stage.Advance(_file.Position / Megabyte);
        _stage.Dispose();
        _file.Dispose();
    }

    private ReadOnlySpan<byte> Raw(int column) => _buffer.AsSpan(_columns[column], _columns[column + 1] - 1 - _columns[column]);

    private bool Fill()
    {
        _cancellation.ThrowIfCancellationRequested();
        _stage.Advance(_file.Position / Megabyte);
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            if (_end >= MaxLine)
            {
                throw Damaged("has a row without an end");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _file.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    /// <summary>Notes where the columns that are needed begin, each one behind the end of the one before.</summary>
    private void Split(int start, int end)
    {
        for (var column = 0; column < _table.Columns; column++)
        {
            _columns[column] = start;
            var length = _buffer.AsSpan(start, end - start).IndexOf((byte)'\t');
            if (length < 0 && column < _table.Columns - 1)
            {
                throw Damaged($"has {column + 1} columns where there should be {_table.Columns}");
            }

            start = (length < 0 ? end : start + length) + 1;
        }

        _columns[_table.Columns] = start;
    }

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw)
    {
        if (_unescaped.Length < raw.Length)
        {
            _unescaped = new byte[raw.Length * 2];
        }

        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            _unescaped[length++] = raw[i] != '\\' ? raw[i] : (char)(++i < raw.Length ? raw[i] : 0) switch
            {
                '\\' => (byte)'\\',
                'b' => (byte)'\b',
                'f' => (byte)'\f',
                'n' => (byte)'\n',
                'r' => (byte)'\r',
                't' => (byte)'\t',
                'v' => (byte)'\v',
                _ => throw Damaged("has a backslash before a character that needs none"),
            };
        }

        return _unescaped.AsSpan(0, length);
    }
}
