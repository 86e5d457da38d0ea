global using System.Collections.Immutable;
global using OrleansGov.Packs;
global using OrleansGov.Procedures;
