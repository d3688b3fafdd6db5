"""Signing in with an OpenID provider. What a provider is like is data: profiles, and the deployment's own file."""
