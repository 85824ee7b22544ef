namespace MusicMetadata.Matching.Text;

/// <summary>
/// How many characters must be inserted, deleted, replaced or exchanged with their neighbour to make one text of another.
/// </summary>
public static class EditDistance
{
    private const int MaxLength = 256;

    /// <summary>How many edits between names of a length still mean the same name; 0 for those too short to be sure of anything.</summary>
    public static int LimitFor(int length) => length switch
    {
        < 4 => 0,
        < 6 => 1,
        <= 12 => 2,
        _ => length * 15 / 100 is var share && share > 2 ? share : 2,
    };

    /// <summary>
    /// The distance (Damerau and Levenshtein, of optimal string alignment), or more than <paramref name="max"/> when it is more.
    /// </summary>
    public static int Between(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int max)
    {
        if (Math.Abs(left.Length - right.Length) > max)
        {
            return max + 1;
        }

        while (!left.IsEmpty && !right.IsEmpty && left[0] == right[0])
        {
            left = left[1..];
            right = right[1..];
        }

        while (!left.IsEmpty && !right.IsEmpty && left[^1] == right[^1])
        {
            left = left[..^1];
            right = right[..^1];
        }

        if (left.IsEmpty || right.IsEmpty)
        {
            return Math.Max(left.Length, right.Length);
        }

        return Math.Max(left.Length, right.Length) > MaxLength ? max + 1 : Fill(left, right, max);
    }

    private static int Fill(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int max)
    {
        Span<int> before = stackalloc int[right.Length + 1];
        Span<int> last = stackalloc int[right.Length + 1];
        Span<int> row = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            var lowest = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                var distance = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    distance = Math.Min(distance, before[j - 2] + 1);
                }

                row[j] = distance;
                lowest = Math.Min(lowest, distance);
            }

            if (lowest > max)
            {
                return max + 1;
            }

            var spare = before;
            before = last;
            last = row;
            row = spare;
        }

        return last[right.Length];
    }
}
