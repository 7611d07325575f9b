/**
 * A definition in each language that the product has a grammar for and the installed packages are not written in. `N` is
 * another number in each file, so that no two are alike.
 */
export const IN_OTHER_LANGUAGES: Readonly<Record<string, string>> = {
  py: 'class StoreN:\n    """Keeps what it is given."""\n\n    def save(self, key, value):\n        self.items[key] = value\n        return len(self.items) + N\n',
  go: 'package store\n\n// SaveN keeps a value.\nfunc (s *Store) SaveN(key string, value int) int {\n\ts.items[key] = value\n\treturn len(s.items) + N\n}\n',
  rs: 'pub struct StoreN { items: Vec<u32> }\n\nimpl StoreN {\n    pub fn save(&mut self, value: u32) -> usize {\n        self.items.push(value);\n        self.items.len() + N\n    }\n}\n',
  java: 'public class StoreN {\n  private final Map<String, Integer> items = new HashMap<>();\n\n  public int save(String key, int value) {\n    items.put(key, value);\n    return items.size() + N;\n  }\n}\n',
  kt: 'class StoreN(private val items: MutableMap<String, Int>) {\n    fun save(key: String, value: Int): Int {\n        items[key] = value\n        return items.size + N\n    }\n}\n',
  c: '#include "store.h"\n\nint store_save_N(struct store *s, const char *key, int value)\n{\n\tput(s->items, key, value);\n\treturn s->length + N;\n}\n',
  cpp: 'class StoreN {\npublic:\n  int save(const std::string& key, int value) {\n    items[key] = value;\n    return items.size() + N;\n  }\n};\n',
  cs: 'public class StoreN\n{\n    public int Save(string key, int value)\n    {\n        items[key] = value;\n        return items.Count + N;\n    }\n}\n',
  rb: 'class StoreN\n  def save(key, value)\n    @items[key] = value\n    @items.length + N\n  end\nend\n',
  php: '<?php\nclass StoreN {\n  public function save(string $key, int $value): int {\n    $this->items[$key] = $value;\n    return count($this->items) + N;\n  }\n}\n',
  scala:
    'class StoreN(items: mutable.Map[String, Int]) {\n  def save(key: String, value: Int): Int = {\n    items(key) = value\n    items.size + N\n  }\n}\n',
  swift:
    'class StoreN {\n    func save(key: String, value: Int) -> Int {\n        items[key] = value\n        return items.count + N\n    }\n}\n',
  vue: '<script setup lang="ts">\nfunction saveN(key: string, value: number): number {\n  items.set(key, value);\n  return items.size + N;\n}\n</script>\n\n<template><p>{{ items.size }}</p></template>\n',
  scss: '@mixin card-N($gap) {\n  padding: $gap;\n  .title { margin: $gap + N; }\n}\n',
  sh: 'save_N() {\n  items="$items $1"\n  echo "$(( $2 + N ))"\n}\n',
  yml: 'store:\n  number: N\n  items:\n    - name: first\n    - name: second\n',
  json: '{\n  "store": { "number": N, "items": ["first", "second"] }\n}\n',
};
