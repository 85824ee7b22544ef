using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MusicMetadata.Tests.Deployment;

/// <summary>What each way of running the server promises: sizes, probes, and how little it may do.</summary>
public partial class DeploymentTests
{
    public static TheoryData<string> Files => [.. ConfigFile.All()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_can_be_read(string path) => Assert.NotEmpty(ConfigFile.Read(path).Values());

    [Fact]
    public void Every_way_of_running_is_there()
    {
        string[] ways = ["compose", "kubernetes", "aws-ecs", "google-cloud-run", "azure-container-instances", "nginx"];
        Assert.All(ways, way => Assert.True(File.Exists(Path.Combine(Repository.Root, "deploy", way, "README.md")), way));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_image_is_of_the_version_that_is_built(string path)
    {
        var version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.All(
            ConfigFile.Read(path).Values().Select(value => ImageOfThisProgram().Match(value)).Where(match => match.Success),
            match => Assert.Equal(version, match.Groups[1].Value));
    }

    [Theory]
    [InlineData("deploy/compose/compose.yaml", "services/metadata-api", """
        read_only: true
        cap_drop: ALL
        security_opt: no-new-privileges:true
        restart: unless-stopped
        ulimits/nofile: 65536
        volumes/0/target: /data
        volumes/0/read_only: true
        healthcheck/test: CMD,/metadata-api,healthcheck
        healthcheck/interval: 30s
        healthcheck/timeout: 10s
        healthcheck/retries: 3
        healthcheck/start_period: 10s
        deploy/resources/limits/cpus: 2
        deploy/resources/limits/memory: 8G
        deploy/resources/reservations/cpus: 1
        deploy/resources/reservations/memory: 4G
        """)]
    [InlineData("deploy/kubernetes/deployment.yaml", "spec", """
        replicas: 3
        template/spec/automountServiceAccountToken: false
        template/spec/enableServiceLinks: false
        template/spec/terminationGracePeriodSeconds: 30
        template/spec/securityContext/runAsNonRoot: true
        template/spec/securityContext/seccompProfile/type: RuntimeDefault
        template/spec/containers/0/ports/0/containerPort: 8080
        template/spec/containers/0/resources/requests/cpu: 1
        template/spec/containers/0/resources/requests/memory: 4Gi
        template/spec/containers/0/resources/limits/cpu: 2
        template/spec/containers/0/resources/limits/memory: 8Gi
        template/spec/containers/0/livenessProbe/httpGet/path: /livez
        template/spec/containers/0/livenessProbe/initialDelaySeconds: 10
        template/spec/containers/0/livenessProbe/periodSeconds: 30
        template/spec/containers/0/readinessProbe/httpGet/path: /readyz
        template/spec/containers/0/readinessProbe/initialDelaySeconds: 5
        template/spec/containers/0/readinessProbe/periodSeconds: 10
        template/spec/containers/0/securityContext/allowPrivilegeEscalation: false
        template/spec/containers/0/securityContext/readOnlyRootFilesystem: true
        template/spec/containers/0/securityContext/capabilities/drop: ALL
        template/spec/containers/0/volumeMounts/0/mountPath: /data
        template/spec/containers/0/volumeMounts/0/readOnly: true
        template/spec/volumes/0/persistentVolumeClaim/claimName: metadata-api-data
        """)]
    [InlineData("deploy/kubernetes/service.yaml", "spec/ports/0", """
        port: 80
        targetPort: http
        """)]
    [InlineData("deploy/kubernetes/volume-claim.yaml", "spec", """
        accessModes: ReadOnlyMany
        resources/requests/storage: 220Gi
        """)]
    [InlineData("deploy/kubernetes/autoscaler.yaml", "spec", """
        minReplicas: 3
        maxReplicas: 10
        metrics/0/resource/name: cpu
        metrics/0/resource/target/averageUtilization: 70
        metrics/1/resource/name: memory
        metrics/1/resource/target/averageUtilization: 80
        """)]
    [InlineData("deploy/aws-ecs/task-definition.json", "", """
        requiresCompatibilities: FARGATE
        cpu: 2048
        memory: 8192
        containerDefinitions/0/readonlyRootFilesystem: true
        containerDefinitions/0/linuxParameters/capabilities/drop: ALL
        containerDefinitions/0/healthCheck/command: CMD,/metadata-api,healthcheck
        containerDefinitions/0/mountPoints/0/containerPath: /data
        containerDefinitions/0/mountPoints/0/readOnly: true
        volumes/0/efsVolumeConfiguration/transitEncryption: ENABLED
        """)]
    [InlineData("deploy/aws-ecs/service.json", "", """
        launchType: FARGATE
        desiredCount: 3
        """)]
    [InlineData("deploy/google-cloud-run/service.yaml", "spec/template", """
        metadata/annotations/run.googleapis.com~execution-environment: gen2
        metadata/annotations/autoscaling.knative.dev~minScale: 1
        metadata/annotations/autoscaling.knative.dev~maxScale: 10
        spec/containers/0/livenessProbe/httpGet/path: /livez
        spec/containers/0/startupProbe/httpGet/path: /readyz
        spec/volumes/0/nfs/readOnly: true
        """)]
    [InlineData("deploy/azure-container-instances/container-group.yaml", "properties", """
        containers/0/properties/resources/limits/cpu: 2
        containers/0/properties/resources/limits/memoryInGB: 8
        containers/0/properties/securityContext/allowPrivilegeEscalation: false
        containers/0/properties/volumeMounts/0/readOnly: true
        volumes/0/azureFile/readOnly: true
        """)]
    [InlineData(".github/workflows/ci.yml", "", """
        permissions: { { contents, read } }
        jobs/image/needs: executable
        """)]
    [InlineData(".github/workflows/release.yml", "", """
        on/push/tags: v*
        permissions: { { contents, read } }
        jobs/release/needs: ci
        """)]
    public void A_deployment_file_has_these_values(string path, string below, string expected)
    {
        var file = ConfigFile.Read(path);
        Assert.All(expected.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
        {
            var (key, value) = (
                line[..line.IndexOf(": ", StringComparison.Ordinal)], line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..].TrimEnd());
            Assert.Equal($"{key}: {value}", $"{key}: {file[below.Length == 0 ? key : below + "/" + key]}");
        });
    }

    [Fact]
    public void All_files_of_Kubernetes_are_applied()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy", "kubernetes"), "*.yaml")
            .Select(Path.GetFileName).Where(name => name != "kustomization.yaml");
        Assert.Equal(files.Order(), ConfigFile.Read("deploy/kubernetes/kustomization.yaml")["resources"]!.Split(',').Order());
    }

    [Fact]
    public void The_workflow_builds_all_six_platforms()
    {
        var workflow = ConfigFile.Read(".github/workflows/ci.yml");
        var platforms = Enumerable.Range(0, 7).Select(i => workflow[$"jobs/executable/strategy/matrix/include/{i}/rid"]).OfType<string>();
        Assert.Equal(["linux-x64", "linux-arm64", "osx-x64", "osx-arm64", "win-x64", "win-arm64"], platforms);
    }

    [Fact]
    public void Foreign_actions_are_pinned_to_commits()
    {
        var uses = ConfigFile.All().Where(path => path.StartsWith(".github/workflows/", StringComparison.Ordinal))
            .SelectMany(path => File.ReadLines(Path.Combine(Repository.Root, path)))
            .Select(line => Uses().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value)
            .Where(action => !action.StartsWith("./", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(uses);
        Assert.All(uses, action => Assert.Matches("^[a-z-]+/[a-z-]+@[0-9a-f]{40} # v", action));
    }

    [GeneratedRegex(@"music-metadata-api:([0-9][^}]*)")]
    private static partial Regex ImageOfThisProgram();

    [GeneratedRegex(@"^\s*(?:- )?uses: (.+)$")]
    private static partial Regex Uses();
}
