/**
 * A definition in each language that the product has a grammar for and the installed packages are not written in. `N` is
 * another number in each file, so that no two are alike.
 */
export const IN_OTHER_LANGUAGES: Readonly<Record<string, string>> = {
  py: `class StoreN:
    """Keeps what it is given."""

    def save(self, key, value):
        self.items[key] = value
        return len(self.items) + N
`,
  go: `package store

// SaveN keeps a value.
func (s *Store) SaveN(key string, value int) int {
\ts.items[key] = value
\treturn len(s.items) + N
}
`,
  rs: `pub struct StoreN { items: Vec<u32> }

impl StoreN {
    pub fn save(&mut self, value: u32) -> usize {
        self.items.push(value);
        self.items.len() + N
    }
}
`,
  java: `public class StoreN {
  private final Map<String, Integer> items = new HashMap<>();

  public int save(String key, int value) {
    items.put(key, value);
    return items.size() + N;
  }
}
`,
  kt: `class StoreN(private val items: MutableMap<String, Int>) {
    fun save(key: String, value: Int): Int {
        items[key] = value
        return items.size + N
    }
}
`,
  c: `#include "store.h"

int store_save_N(struct store *s, const char *key, int value)
{
\tput(s->items, key, value);
\treturn s->length + N;
}
`,
  cpp: `class StoreN {
public:
  int save(const std::string& key, int value) {
    items[key] = value;
    return items.size() + N;
  }
};
`,
  cs: `public class StoreN
{
    public int Save(string key, int value)
    {
        items[key] = value;
        return items.Count + N;
    }
}
`,
  rb: `class StoreN
  def save(key, value)
    @items[key] = value
    @items.length + N
  end
end
`,
  php: `<?php
class StoreN {
  public function save(string $key, int $value): int {
    $this->items[$key] = $value;
    return count($this->items) + N;
  }
}
`,
  scala: `class StoreN(items: mutable.Map[String, Int]) {
  def save(key: String, value: Int): Int = {
    items(key) = value
    items.size + N
  }
}
`,
  swift: `class StoreN {
    func save(key: String, value: Int) -> Int {
        items[key] = value
        return items.count + N
    }
}
`,
  vue: `<script setup lang="ts">
function saveN(key: string, value: number): number {
  items.set(key, value);
  return items.size + N;
}
</script>

<template><p>{{ items.size }}</p></template>
`,
  scss: `@mixin card-N($gap) {
  padding: $gap;
  .title { margin: $gap + N; }
}
`,
  sh: `save_N() {
  items="$items $1"
  echo "$(( $2 + N ))"
}
`,
  yml: `store:
  number: N
  items:
    - name: first
    - name: second
`,
  tsx: `export function StoreN({ items }: { items: readonly string[] }) {
  const shown = items.slice(0, N);
  return <ul>{shown.map((item) => <li key={item}>{item}</li>)}</ul>;
}
`,
  html: `<section id="store-N">
  <h1>Store</h1>
  <p>It keeps what it is given.</p>
</section>
`,
  sql: `create table store_N (key text primary key, value integer not null);

create function save_N(name text, amount integer) returns integer as $$
  insert into store_N (key, value) values (name, amount);
  select count(*)::integer + N from store_N;
$$ language sql;
`,
  json: `{
  "store": { "number": N, "items": ["first", "second"] }
}
`,
};
