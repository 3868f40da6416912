using System.Text;
using System.Text.Json;

namespace SignalReview.Trail.Bundles;

/// <summary>
/// prov.json: the case's trail for programs that know W3C PROV, in its PROV-JSON form. Of each event what was recorded (an entity), that it was done
/// (an activity) and by whom (an agent), and what came from what as far as the trail says so. Ids, types and times only: nothing that anybody wrote,
/// and no name. docs/guides/verify.md says what each relation means.
/// </summary>
internal sealed class ProvWriter : IBundleDocument
{
    private const string SystemRole = "system";

    private readonly BundleRequest request;
    private readonly ProvSection entities;
    private readonly ProvSection activities;
    private readonly ProvSection generations;
    private readonly ProvSection usages;
    private readonly ProvSection associations;
    private readonly ProvSection attributions;
    private readonly ProvSection delegations;
    private readonly ProvSection derivations;
    private readonly ProvSection memberships;
    private readonly ProvOrigins origins = new();
    private readonly SortedDictionary<string, SortedSet<string>> agents = new(StringComparer.Ordinal);
    private readonly SortedSet<string> plans = new(StringComparer.Ordinal);
    private Guid last;

    public ProvWriter(BundleRequest request)
    {
        this.request = request;
        entities = Section("entity");
        activities = Section("activity");
        generations = Section("wasGeneratedBy");
        usages = Section("used");
        associations = Section("wasAssociatedWith");
        attributions = Section("wasAttributedTo");
        delegations = Section("actedOnBehalfOf");
        derivations = Section("wasDerivedFrom");
        memberships = Section("hadMember");
    }

    public string Name => BundleLayout.Provenance;

    public void Add(EventHeader header, BundleEvent source, JsonElement? body)
    {
        last = header.Id;
        RolesOf(header.Actor).Add(header.Role);
        AddRecord(header, source);
        AddAct(header);
        AddAgents(header);
        foreach (var origin in origins.Of(header, body))
        {
            AddOrigin(header, origin);
        }
    }

    public async Task WriteAsync(Stream output, Checkpoint checkpoint, CancellationToken ct)
    {
        var names = new ProvNames(checkpoint.Origin);
        AddCheckpoint(names, checkpoint);
        using var agentSection = Section("agent");
        AddAgents(agentSection, names);
        output.Write("{\"prefix\":"u8);
        await WritePrefixesAsync(output, names, ct);
        foreach (var section in (ProvSection[])
            [entities, activities, agentSection, generations, usages, associations, attributions, delegations, derivations, memberships])
        {
            output.Write(",\n\""u8);
            output.Write(Encoding.UTF8.GetBytes(section.Name));
            output.Write("\":"u8);
            await section.WriteAsync(output, ct);
        }

        output.Write("}\n"u8);
    }

    public void Dispose()
    {
        foreach (var section in (ProvSection[])
            [entities, activities, generations, usages, associations, attributions, delegations, derivations, memberships])
        {
            section.Dispose();
        }
    }

    private static async Task WritePrefixesAsync(Stream output, ProvNames names, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        foreach (var (prefix, uri) in names.Prefixes)
        {
            json.WriteString(prefix, uri);
        }

        json.WriteEndObject();
        await json.FlushAsync(ct);
    }

    private ProvSection Section(string name) => new(name, request.TemporaryFolder);

    private SortedSet<string> RolesOf(string actor)
    {
        if (!agents.TryGetValue(actor, out var roles))
        {
            agents[actor] = roles = new SortedSet<string>(StringComparer.Ordinal);
        }

        return roles;
    }

    private void AddRecord(EventHeader header, BundleEvent source)
    {
        entities.Add(ProvNames.Event(header.Id), json =>
        {
            ProvNames.Type(json, header.Type);
            ProvNames.Number(json, "sr:caseSeq", header.CaseSeq ?? 0);
            ProvNames.Number(json, "sr:leafIndex", source.LeafIndex);
            ProvNames.Bytes(json, "sr:commit", header.Commit);
            json.WriteString("sr:content", source.Omission is { } why ? OmissionLine.NameOf(why) : "included");
        });
        if (header.Case is { } @case)
        {
            memberships.Add(json =>
            {
                json.WriteString("prov:collection", ProvNames.Case(@case));
                json.WriteString("prov:entity", ProvNames.Event(header.Id));
            });
        }
    }

    private void AddAct(EventHeader header)
    {
        var at = EventHeader.TimeText(header.At);
        activities.Add(ProvNames.Act(header.Id), json =>
        {
            json.WriteString("prov:startTime", at);
            json.WriteString("prov:endTime", at);
            ProvNames.Type(json, header.Type);
            if (header.Cause is { } cause)
            {
                ProvNames.Name(json, "sr:command", $"command:{cause:D}");
            }
        });
        generations.Add(json =>
        {
            json.WriteString("prov:entity", ProvNames.Event(header.Id));
            json.WriteString("prov:activity", ProvNames.Act(header.Id));
            json.WriteString("prov:time", at);
        });
    }

    private void AddAgents(EventHeader header)
    {
        associations.Add(json =>
        {
            json.WriteString("prov:activity", ProvNames.Act(header.Id));
            json.WriteString("prov:agent", ProvNames.Actor(header.Actor));
            json.WriteString("prov:role", header.Role);
            if (header.Policy is { } policy)
            {
                plans.Add(policy);
                json.WriteString("prov:plan", ProvNames.Plan(policy));
            }
        });
        attributions.Add(json =>
        {
            json.WriteString("prov:entity", ProvNames.Event(header.Id));
            json.WriteString("prov:agent", ProvNames.Actor(header.Actor));
        });
        if (header.OnBehalfOf is { } principal)
        {
            _ = RolesOf(principal);
            delegations.Add(json =>
            {
                json.WriteString("prov:delegate", ProvNames.Actor(header.Actor));
                json.WriteString("prov:responsible", ProvNames.Actor(principal));
                json.WriteString("prov:activity", ProvNames.Act(header.Id));
            });
        }
    }

    private void AddOrigin(EventHeader header, ProvOrigin origin)
    {
        usages.Add(json =>
        {
            json.WriteString("prov:activity", ProvNames.Act(header.Id));
            json.WriteString("prov:entity", ProvNames.Event(origin.Event));
            if (origin.Role is { } role)
            {
                json.WriteString("prov:role", role);
            }
        });
        if (origin.Kind == ProvOriginKind.Used)
        {
            return;
        }

        derivations.Add(json =>
        {
            json.WriteString("prov:generatedEntity", ProvNames.Event(header.Id));
            json.WriteString("prov:usedEntity", ProvNames.Event(origin.Event));
            json.WriteString("prov:activity", ProvNames.Act(header.Id));
            if (origin.Kind == ProvOriginKind.Revised)
            {
                ProvNames.Name(json, "prov:type", "prov:Revision");
            }
        });
    }

    /// <summary>What is known only at the end: the case as a whole, the ways of working, and the checkpoint whose last leaf is the last event.</summary>
    private void AddCheckpoint(ProvNames names, Checkpoint checkpoint)
    {
        if (request.Case is { } @case)
        {
            entities.Add(ProvNames.Case(@case), json => ProvNames.Name(json, "prov:type", "prov:Collection"));
        }

        foreach (var policy in plans)
        {
            entities.Add(ProvNames.Plan(policy), json => ProvNames.Name(json, "prov:type", "prov:Plan"));
        }

        entities.Add(ProvNames.Checkpoint(checkpoint.Size), json =>
        {
            ProvNames.Type(json, "checkpoint");
            ProvNames.Number(json, "sr:size", checkpoint.Size);
            ProvNames.Bytes(json, "sr:root", checkpoint.Root);
        });
        attributions.Add(json =>
        {
            json.WriteString("prov:entity", ProvNames.Checkpoint(checkpoint.Size));
            json.WriteString("prov:agent", names.Log);
        });
        derivations.Add(json =>
        {
            json.WriteString("prov:generatedEntity", ProvNames.Checkpoint(checkpoint.Size));
            json.WriteString("prov:usedEntity", ProvNames.Event(last));
        });
    }

    /// <summary>Whoever acts as the system only is software; whoever only had somebody act for them may be anything.</summary>
    private void AddAgents(ProvSection section, ProvNames names)
    {
        foreach (var (actor, roles) in agents)
        {
            section.Add(ProvNames.Actor(actor), json =>
            {
                if (roles.Count > 0)
                {
                    ProvNames.Name(json, "prov:type", roles.SetEquals([SystemRole]) ? "prov:SoftwareAgent" : "prov:Person");
                    json.WriteStartArray("sr:role");
                    foreach (var role in roles)
                    {
                        json.WriteStringValue(role);
                    }

                    json.WriteEndArray();
                }
            });
        }

        section.Add(names.Log, json => ProvNames.Name(json, "prov:type", "prov:Organization"));
    }
}
