"""Signing in with a real OpenID provider, which the tests run (npm oidc-provider)."""
