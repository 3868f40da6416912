namespace SignalReview.Statistics;

/// <summary>
/// Which categories meet: for each two, how much of all comparisons within units they make up. Each unit counts for as much as it has ratings, as in Krippendorff's
/// coincidence matrix: an ordered pair of a unit with m ratings weighs 1/(m − 1). Between categories, never between people.
/// </summary>
internal static class CoincidenceMatrix
{
    /// <returns>A symmetric square over <see cref="RatingTable.Scale"/>; its sum is the number of ratings in units with two or more.</returns>
    public static double[][] Of(RatingTable table)
    {
        var cells = Enumerable.Range(0, table.Scale.Count).Select(_ => new double[table.Scale.Count]).ToArray();
        var weights = table.Weights();
        for (var p = 0; p < weights.Length; p++)
        {
            var m = table.Raters(p);
            if (m < 2)
            {
                continue;
            }

            var categories = table.Categories(p);
            var counts = table.Counts(p);
            for (var i = 0; i < categories.Length; i++)
            {
                for (var j = 0; j < categories.Length; j++)
                {
                    long ordered = (long)counts[i] * (i == j ? counts[j] - 1 : counts[j]);
                    cells[categories[i]][categories[j]] += (double)(weights[p] * ordered) / (m - 1);
                }
            }
        }

        return cells;
    }
}
