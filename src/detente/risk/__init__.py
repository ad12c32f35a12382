"""The slide by mistake: a Markov chain over states, and what it says about danger."""
