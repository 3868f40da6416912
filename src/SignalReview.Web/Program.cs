using SignalReview.Web.Components;
using SignalReview.Web.Hosting;
using SignalReview.Web.Localization;
using SignalReview.Web.SignIn;

var builder = WebApplication.CreateBuilder(args);
builder.ConfigureServer();
builder.AddSignIn();
builder.Services.AddLocalizedTexts();
builder.Services.AddErrorHandling();
builder.Services.AddHealthChecks();
builder.Services.AddRazorComponents();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseErrorHandling();
app.UseLocalizedTexts();
app.UseRouting();
app.UseAuthentication();
app.UseSameOriginOnly();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets().AllowAnonymous();
app.MapHealth();
app.MapSignIn();
app.MapRazorComponents<App>();

await app.RunAsync();
