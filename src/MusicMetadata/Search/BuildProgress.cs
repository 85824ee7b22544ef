namespace MusicMetadata.Search;

/// <summary>Is told how far building an index has got; called for every row.</summary>
/// <param name="stage">What is being done, such as "reading tracks".</param>
/// <param name="done">How many rows of the stage.</param>
/// <param name="total">Of how many, about.</param>
internal delegate void BuildProgress(string stage, long done, long total);
