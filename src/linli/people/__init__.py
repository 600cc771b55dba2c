"""People: accounts without passwords, the roles they hold at units, and what they agreed to.

Somebody signs in with a code sent to their phone or e-mail address, with a slip printed at a desk, or, on a shared desk
machine, with a PIN. A person becomes an account with their first right code. A role is held at one unit, from a day
until a day. Nothing here says what a person did: facts know them by a pseudonym that ends with their salt.
"""
