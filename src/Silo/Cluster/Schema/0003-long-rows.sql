-- A state of two to eight thousand bytes stays as it is in its row: packing it and putting it elsewhere costs more than the room it saves.
ALTER TABLE grain_state SET (toast_tuple_target = 8160);
