import { useId, useState } from 'react';
import { Button } from '#page/ui/button.tsx';

/** What a useapi.net token looks like, also while it is still being typed. */
const looksLikeToken = (text: string): boolean => 'user:'.startsWith(text) || /^user:\d+(?:-\S*)?$/.test(text);

/** Takes a token and lets go of it: the field is emptied at once and nothing here keeps it. */
export function TokenForm({
  hasOwnToken,
  onToken,
}: {
  hasOwnToken: boolean;
  onToken: (token: string | undefined) => void;
}) {
  const fieldId = useId();
  const hintId = useId();
  // Only whether it looks odd is kept, never what was typed.
  const [looksOdd, setLooksOdd] = useState(false);
  return (
    <form
      className="mt-4"
      onSubmit={(event) => {
        event.preventDefault();
        const token = new FormData(event.currentTarget).get('token');
        if (typeof token === 'string' && token.trim() !== '') onToken(token.trim());
        event.currentTarget.reset();
        setLooksOdd(false);
      }}
    >
      <label htmlFor={fieldId} className="block font-medium">
        API token
      </label>
      <div className="mt-1.5 flex gap-2">
        <input
          id={fieldId}
          name="token"
          type="password"
          autoComplete="off"
          spellCheck={false}
          aria-describedby={hintId}
          onChange={(event) => setLooksOdd(!looksLikeToken(event.target.value.trim()))}
          placeholder="user:1234-abcdefghijkl"
          className="h-9 min-w-0 flex-1 rounded border border-line-strong bg-page px-2.5 pointer-coarse:h-11"
        />
        <Button type="submit" look="primary" className="h-9">
          Use
        </Button>
      </div>
      <p id={hintId} role="status" className="mt-1.5 text-xs text-warn empty:hidden">
        {looksOdd && 'A useapi.net token looks like user:1234-abcdefghijkl. If yours is right, use it.'}
      </p>
      {hasOwnToken && (
        <Button look="quiet" className="mt-2 -ml-3" onClick={() => onToken(undefined)}>
          Forget my token
        </Button>
      )}
    </form>
  );
}
