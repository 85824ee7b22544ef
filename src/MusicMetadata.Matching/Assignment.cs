namespace MusicMetadata.Matching;

/// <summary>Pairs rows with columns so that the sum of costs is the least (the Hungarian method, by shortest augmenting paths).</summary>
public static class Assignment
{
    /// <summary>Finds the pairs.</summary>
    /// <param name="costs">What pairing a row with a column costs.</param>
    /// <param name="leaveOut">What leaving a row without a column costs, so that no bad pair is forced.</param>
    /// <returns>The column of each row; -1 for one that is left out.</returns>
    public static int[] Solve(double[,] costs, double leaveOut)
    {
        var (rows, realColumns) = (costs.GetLength(0), costs.GetLength(1));

        // A column of its own for each row stands for leaving it out.
        var columns = realColumns + rows;
        var rowPotential = new double[rows + 1];
        var columnPotential = new double[columns + 1];
        var rowOf = new int[columns + 1];
        var previous = new int[columns + 1];
        for (var row = 1; row <= rows; row++)
        {
            rowOf[0] = row;
            var least = new double[columns + 1];
            Array.Fill(least, double.PositiveInfinity);
            var isVisited = new bool[columns + 1];
            var column = 0;
            do
            {
                isVisited[column] = true;
                var current = rowOf[column];
                var (delta, next) = (double.PositiveInfinity, 0);
                for (var j = 1; j <= columns; j++)
                {
                    if (isVisited[j])
                    {
                        continue;
                    }

                    var cost = j <= realColumns ? costs[current - 1, j - 1] : j - realColumns == current ? leaveOut : 1e6;
                    var reduced = cost - rowPotential[current] - columnPotential[j];
                    if (reduced < least[j])
                    {
                        (least[j], previous[j]) = (reduced, column);
                    }

                    if (least[j] < delta)
                    {
                        (delta, next) = (least[j], j);
                    }
                }

                for (var j = 0; j <= columns; j++)
                {
                    if (isVisited[j])
                    {
                        rowPotential[rowOf[j]] += delta;
                        columnPotential[j] -= delta;
                    }
                    else
                    {
                        least[j] -= delta;
                    }
                }

                column = next;
            }
            while (rowOf[column] != 0);

            while (column != 0)
            {
                rowOf[column] = rowOf[previous[column]];
                column = previous[column];
            }
        }

        var assigned = new int[rows];
        Array.Fill(assigned, -1);
        for (var j = 1; j <= realColumns; j++)
        {
            if (rowOf[j] > 0)
            {
                assigned[rowOf[j] - 1] = j - 1;
            }
        }

        return assigned;
    }
}
