using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SignalReview.Storage;
using SignalReview.Web.SignIn;
using SignalReview.Workflow;

namespace SignalReview.Benchmarks.Cycles;

/// <summary>
/// The product as it starts, on a Kestrel of its own on loopback, with the demo's people and a data folder that goes with it. Only the engine
/// is wrapped, to meter it.
/// </summary>
internal sealed class BenchmarkHost : IAsyncDisposable
{
    private readonly Factory factory;
    private readonly DirectoryInfo data;
    private readonly SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false };

    private BenchmarkHost(Factory factory, DirectoryInfo data)
    {
        this.factory = factory;
        this.data = data;
    }

    public IServiceProvider Services => factory.Services;

    public Uri Address => factory.ClientOptions.BaseAddress;

    public string DatabaseFile => factory.Services.GetRequiredService<DataFolder>().DatabaseFile;

    public MeteredEngine Engine => (MeteredEngine)factory.Services.GetRequiredService<IWorkflowEngine>();

    public static BenchmarkHost Start()
    {
        var folder = Directory.CreateTempSubdirectory("signalreview-benchmark-");
        var host = new Factory(folder.FullName);
        host.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        host.StartServer();
        return new(host, folder);
    }

    /// <summary>A program that acts as one of the demo's people.</summary>
    public async Task<HttpClient> ClientAsync(string person, CancellationToken ct)
    {
        var client = new HttpClient(handler, disposeHandler: false) { BaseAddress = factory.ClientOptions.BaseAddress };
        using var response = await client.PostAsJsonAsync("demo/token", new DemoTokenRequest(person), ct);
        response.EnsureSuccessStatusCode();
        var token = await response.Content.ReadFromJsonAsync<DemoTokenResponse>(ct);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token!.AccessToken);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        handler.Dispose();
        await factory.DisposeAsync();
        data.Delete(recursive: true);
    }

    // Named by a type of the web project: this program has a Program of its own.
    private sealed class Factory(string data) : WebApplicationFactory<SignInSettings>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
            .UseEnvironment("Development") // for the demo's people and their tokens
            .UseContentRoot(AppContext.BaseDirectory) // no page is asked for, so that is as good as the web project's folder
            .UseSetting("Data", data)
            .UseSetting("Workflow:Engine", "Embedded") // the engines have a benchmark of their own
            .UseSetting("Logging:LogLevel:Default", "Warning") // only what goes wrong, between the figures
            .UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Error") // a temporary folder of keys needs no warning
            .ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<IWorkflowEngine>(provider =>
                new MeteredEngine(ActivatorUtilities.CreateInstance<EmbeddedEngine>(provider)))));
    }
}
