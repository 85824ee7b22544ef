using System.Globalization;
using MusicMetadata.Evaluation;
using MusicMetadata.Import.Demo;

// [--errors | --levels] TRACKS SEED FOLDER PICTURE: makes a catalog in the folder, prints the report, and writes the picture.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var mode = args.Length > 0 && args[0].StartsWith("--", StringComparison.Ordinal) ? args[0] : "";
var values = mode.Length > 0 ? args[1..] : args;
if (values is not [var tracks, var seed, var folder, var picture])
{
    await Console.Error.WriteLineAsync("usage: [--errors | --levels] TRACKS SEED FOLDER PICTURE");
    return 2;
}

using var catalog = await EvaluationCatalog.MakeAsync(new DemoOptions
{
    Tracks = long.Parse(tracks, CultureInfo.InvariantCulture),
    Seed = long.Parse(seed, CultureInfo.InvariantCulture),
    Folder = folder,
});
switch (mode)
{
    case "--errors":
        await new Diagnosis(catalog).PrintErrorsAsync();
        return 0;
    case "--levels":
        await new Diagnosis(catalog).PrintLevelsAsync();
        return 0;
    default:
        return await new Report(catalog).PrintAsync(picture) ? 0 : 1;
}
