using MusicMetadata.Import.Demo.Invention;

namespace MusicMetadata.Evaluation;

/// <summary>Rows that items are made from.</summary>
internal sealed class Samples
{
    private readonly Truth _truth;
    private readonly bool _isTraining;

    /// <param name="truth">What the catalog was made of.</param>
    /// <param name="isTraining">Of which half of the artists.</param>
    /// <param name="count">How many rows that are in the catalog, at most.</param>
    /// <param name="random">Chooses them.</param>
    public Samples(Truth truth, bool isTraining, int count, Random random)
    {
        (_truth, _isTraining) = (truth, isTraining);
        var rows = truth.Rows.Where(row => Truth.IsTraining(row) == isTraining && HasName(row)).ToArray();
        random.Shuffle(rows);
        Present = [.. rows.Where(row => !truth.Removed.Contains(row.Rowid)).Take(count)];
        Absent = [.. rows.Where(row => row.Artists.Any(Truth.IsLeftOut)).DistinctBy(row => row.Recording).Take(count / 2)];
        NearAbsent = [.. rows.Where(row => truth.Removed.Contains(row.Rowid) && !row.Artists.Any(Truth.IsLeftOut))
            .DistinctBy(row => row.Recording).Take(count / 2)];
    }

    /// <summary>In the catalog.</summary>
    public TruthRow[] Present { get; }

    /// <summary>By artists who are not in it.</summary>
    public TruthRow[] Absent { get; }

    /// <summary>Not in it, while a version, a cover or a karaoke recording of the song is.</summary>
    public TruthRow[] NearAbsent { get; }

    public IEnumerable<Draft> Clean(IEnumerable<TruthRow> rows) => rows.Select(row => Draft.Clean(_truth, row));

    public IEnumerable<Draft> Bare(IEnumerable<TruthRow> rows) => rows.Select(row => Draft.Bare(_truth, row));

    public IEnumerable<Draft> Mixed(IEnumerable<TruthRow> rows, Random random) =>
        rows.Select(row => Noise.Mix(Draft.Clean(_truth, row), _truth, random));

    /// <summary>Items with one noise each, of those rows to which it can happen.</summary>
    public IEnumerable<Draft> With(Noise noise, int count, Random random) => Clean(Present)
        .Concat(noise.Percent <= 3 ? Clean(_truth.Rows.Where(IsRareCase)) : [])
        .Where(draft => noise.Apply(draft, _truth, random))
        .Take(count);

    /// <summary>Whether a row has a version to lose.</summary>
    private bool IsRareCase(TruthRow row) =>
        Truth.IsTraining(row) == _isTraining
        && row.Version is not (VersionKind.None or VersionKind.Cover)
        && !_truth.Removed.Contains(row.Rowid) && HasName(row);

    /// <summary>What is called nothing but spaces or control characters is no item.</summary>
    private static bool HasName(TruthRow row) => row.Name.Any(char.IsLetterOrDigit) || row.Name.Any(char.IsSurrogate);
}
