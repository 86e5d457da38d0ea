global using OrleansGov.Contracts;
