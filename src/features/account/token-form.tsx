import { useId } from 'react';
import { Button } from '#lib/ui/button.tsx';

/** Takes a token and lets go of it: the field is emptied at once and nothing here keeps it. */
export function TokenForm({
  hasOwnToken,
  onToken,
}: {
  hasOwnToken: boolean;
  onToken: (token: string | undefined) => void;
}) {
  const fieldId = useId();
  return (
    <form
      className="mt-4"
      onSubmit={(event) => {
        event.preventDefault();
        const token = new FormData(event.currentTarget).get('token');
        if (typeof token === 'string' && token.trim() !== '') onToken(token.trim());
        event.currentTarget.reset();
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
          placeholder="user:1234-abcdefghijkl"
          className="h-9 min-w-0 flex-1 rounded border border-line-strong bg-page px-2.5 pointer-coarse:h-11"
        />
        <Button type="submit" look="primary" className="h-9">
          Use
        </Button>
      </div>
      {hasOwnToken && (
        <Button look="quiet" className="mt-2 -ml-3" onClick={() => onToken(undefined)}>
          Forget my token
        </Button>
      )}
    </form>
  );
}
