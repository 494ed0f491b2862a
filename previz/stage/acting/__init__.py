"""What people do: acts of hands and head, faces, carried things, a brought motion."""
