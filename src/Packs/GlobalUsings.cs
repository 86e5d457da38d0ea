global using System.Collections.Immutable;
global using OrleansGov.Procedures;
