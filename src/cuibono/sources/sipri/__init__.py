"""SIPRI Arms Transfers Database: who ordered and delivered major arms to whom, since 1950."""
